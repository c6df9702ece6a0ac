/** Files: their content in and out, and what is known of them. */
@NullMarked
package io.parley.gateway.routes.files;

import org.jspecify.annotations.NullMarked;
