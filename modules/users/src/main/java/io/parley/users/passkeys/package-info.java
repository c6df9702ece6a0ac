/** Passkeys (Web Authentication). */
@NullMarked
package io.parley.users.passkeys;

import org.jspecify.annotations.NullMarked;
