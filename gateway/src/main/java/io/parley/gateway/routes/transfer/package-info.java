/** Export and import of everything that a user has. */
@NullMarked
package io.parley.gateway.routes.transfer;

import org.jspecify.annotations.NullMarked;
