/** Ways to sign in beside the password. */
@NullMarked
package io.parley.gateway.routes.signin;

import org.jspecify.annotations.NullMarked;
