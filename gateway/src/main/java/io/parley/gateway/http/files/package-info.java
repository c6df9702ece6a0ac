/** Files inside the jar. */
@NullMarked
package io.parley.gateway.http.files;

import org.jspecify.annotations.NullMarked;
