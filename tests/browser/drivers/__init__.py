"""Three real browsers behind one small set of verbs, so that a walk-through is written once.

    Chromium   by Playwright
    Firefox    as Debian or Mozilla ships it, by WebDriver BiDi over its own socket: no driver program
    WebKit     WebKitGTK's MiniBrowser, by WebDriver over HTTP, on a screen that nobody sees

A driver opens addresses, points, presses keys, takes pictures and asks the page. It knows no site.
"""
