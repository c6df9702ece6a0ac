/** OAuth 2.1: how programs find out how to sign a user in, and the server that lets them in. */
@NullMarked
package io.parley.gateway.oauth;

import org.jspecify.annotations.NullMarked;
