package io.parley.contracts.audit;

import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The requests that the audit module answers: security events, as one chain through all users. */
public final class Audit {
    /** Records an event of a module that has no transaction for it; ask before the change is answered. */
    public static final Address<Append, None> APPEND = new Address<>("audit.append");

    /** The events that concern the caller's account. */
    public static final Address<ListOwn, Page<OwnSecurityEvent>> LIST_OWN = new Address<>("audit.list-own");

    /** Fails forbidden unless the caller is an administrator. */
    public static final Address<ListAll, Page<AuditedEvent>> LIST = new Address<>("audit.list");

    /** For the command line: checks a part of the chain. */
    public static final Address<CheckPart, CheckedPart> CHECK = new Address<>("audit.check");

    public record Append(SecurityEvent event) {}

    public record ListOwn(Caller caller, Period period, PageRequest page) {}

    /** @param actorId only events that this user caused; null matches all, as for every other condition */
    public record ListAll(
            Caller caller,
            @Nullable UUID actorId,
            @Nullable UUID userId,
            @Nullable String ip,
            Period period,
            PageRequest page) {}

    /**
     * @param type one type, or a family of types such as {@code sign_in}
     * @param from of this time or later
     * @param to before this time
     */
    public record Period(
            @Nullable String type,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /** @param after what was checked before; null begins with the oldest event */
    public record CheckPart(@Nullable CheckedPart after) {}

    /**
     * The result for the chain up to here.
     *
     * @param events how many have been checked
     * @param first the number of the oldest one; 0 if there is none
     * @param last the number of the newest one that was checked; 0 if there is none
     * @param hash of that one, in hexadecimal
     * @param wrong the number of the first event that differs from what was recorded; null if none does
     * @param more whether later events remain to be checked
     */
    public record CheckedPart(
            long events,
            long first,
            long last,
            String hash,
            @Nullable Long wrong,
            boolean more) {}

    private Audit() {}
}
