package io.parley.users.mail;

import io.parley.kernel.Secret;

/**
 * A mail as it is sent: plain text that ends with a link. Nothing in it was written by a caller except the address.
 *
 * @param text what comes before the link
 * @param link with a token in its fragment, which gets into no log and no Referer
 */
public record Letter(String to, String subject, String text, Secret link) {
    String body() {
        return text.strip() + "\n\n" + link.value() + "\n";
    }
}
