/** The composition root: settings, command line and which verticles run. */
@NullMarked
package io.parley.config;

import org.jspecify.annotations.NullMarked;
