/** What Parley adds to Vert.x, and can only add in its package. */
package io.vertx.core.http.impl;
