package io.parley.contracts.users;

import io.parley.kernel.Topic;

/** Mails that the users module sends. */
public final class Mails {
    /** A mail waits to be sent. A notice may get lost; nodes look by themselves now and then. */
    public static final Topic<Queued> QUEUED = new Topic<>("mails.queued");

    public record Queued() {}

    private Mails() {}
}
