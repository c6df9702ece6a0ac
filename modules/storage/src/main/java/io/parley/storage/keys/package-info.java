/** The keyset of the server, the keys of users that it wraps, and what they seal. */
@NullMarked
package io.parley.storage.keys;

import org.jspecify.annotations.NullMarked;
