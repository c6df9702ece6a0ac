/** What the build makes of the program: the jar and what is left out of it. */
@NullMarked
package io.parley.config.system.shipping;

import org.jspecify.annotations.NullMarked;
