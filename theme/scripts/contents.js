// Contents is a popover, which opens and closes by itself; but it would stay when the focus moves on behind it, and
// cover what the reader has come to. It closes after the focus, and knows nothing else.
"use strict";

document.getElementById("contents")?.addEventListener("focusout", (event) => {
  const [contents, next] = [/** @type {HTMLElement} */ (event.currentTarget), /** @type {Element | null} */ (event.relatedTarget)];
  if (next && !contents.contains(next) && next.getAttribute("popovertarget") !== contents.id) contents.hidePopover?.();
});
