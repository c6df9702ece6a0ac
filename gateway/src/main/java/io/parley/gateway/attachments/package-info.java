/** Files that clients send within the JSON of a request. */
@NullMarked
package io.parley.gateway.attachments;

import org.jspecify.annotations.NullMarked;
