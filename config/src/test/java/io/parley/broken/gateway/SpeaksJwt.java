package io.parley.broken.gateway;

import io.vertx.ext.auth.jwt.JWTAuth;

/** Only authentication does. */
record SpeaksJwt(JWTAuth tokens) {}
