/** The address of a page that a letter leads to is as good as a key: it does not stay in the browser's history. */

history.replaceState(null, "", location.pathname);
