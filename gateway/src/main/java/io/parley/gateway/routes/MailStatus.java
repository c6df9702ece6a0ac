package io.parley.gateway.routes;

/** The answer to whoever asks for a mail, the same whether or not one was sent. */
record MailStatus(String status) {
    static final MailStatus SENT = new MailStatus("sent");
}
