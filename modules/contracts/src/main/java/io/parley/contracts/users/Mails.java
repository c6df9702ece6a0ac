package io.parley.contracts.users;

import io.parley.kernel.Address;
import io.parley.kernel.None;
import io.parley.kernel.Topic;
import java.util.UUID;

/** Mails that the users module sends. */
public final class Mails {
    /** A mail waits to be sent. A notice may get lost; nodes look by themselves now and then. */
    public static final Topic<Queued> QUEUED = new Topic<>("mails.queued");

    /** Stores a mail to the owner of a webhook that was switched off; does nothing if no mail is sent. */
    public static final Address<WebhookOff, None> WEBHOOK_OFF = new Address<>("mails.webhook-off");

    public record Queued() {}

    public record WebhookOff(UUID userId) {}

    private Mails() {}
}
