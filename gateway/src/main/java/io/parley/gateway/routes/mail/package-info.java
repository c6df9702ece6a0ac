/** Links in mails. */
@NullMarked
package io.parley.gateway.routes.mail;

import org.jspecify.annotations.NullMarked;
