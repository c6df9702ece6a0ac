/** TLS for what listens for HTTP, with certificates that are renewed while the server runs. */
@NullMarked
package io.parley.gateway.tls;

import org.jspecify.annotations.NullMarked;
