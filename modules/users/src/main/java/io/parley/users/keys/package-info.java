/** Provider keys, and the rotation of the keyset that encrypts them. */
@NullMarked
package io.parley.users.keys;

import org.jspecify.annotations.NullMarked;
