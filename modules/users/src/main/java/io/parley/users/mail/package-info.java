/** Mails: they are stored first, and sent afterwards. */
@NullMarked
package io.parley.users.mail;

import org.jspecify.annotations.NullMarked;
