/** The web app, tried in a browser. */
@NullMarked
package io.parley.browser;

import org.jspecify.annotations.NullMarked;
