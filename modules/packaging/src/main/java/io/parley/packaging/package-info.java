/** What the build does to the fat jar. */
@NullMarked
package io.parley.packaging;

import org.jspecify.annotations.NullMarked;
