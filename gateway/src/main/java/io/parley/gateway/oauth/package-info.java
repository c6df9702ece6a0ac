/** What programs read to find out how to sign a user in (OAuth 2.0). */
@NullMarked
package io.parley.gateway.oauth;

import org.jspecify.annotations.NullMarked;
