/** Sessions and refresh tokens. */
@NullMarked
package io.parley.users.sessions;

import org.jspecify.annotations.NullMarked;
