// Wakes the faces that every page opens with, while the page is still being read. They lie inside the
// style sheet before this script, but a browser unpacks a face only when some text asks for it, and that
// would be one frame too late: the first lines would be set in another face, and then move.
// Loaded in the head, right after the style sheets, in one file with settings.js; it knows nothing else.
"use strict";

for (const face of ['18px "Book Text"', '600 18px "Book Text"', '54px "Book Display"', 'italic 27px "Book Display"', 'italic 18px "Book Text"', '15px "Book Interface"']) {
  document.fonts?.load(face);
}
