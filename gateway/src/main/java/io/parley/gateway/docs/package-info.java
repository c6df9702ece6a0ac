/** Documents about the server: its API, and where to report a vulnerability. */
@NullMarked
package io.parley.gateway.docs;

import org.jspecify.annotations.NullMarked;
