/** The programs that may ask for access: those that are set, and those that describe themselves in a document. */
@NullMarked
package io.parley.gateway.oauth.clients;

import org.jspecify.annotations.NullMarked;
