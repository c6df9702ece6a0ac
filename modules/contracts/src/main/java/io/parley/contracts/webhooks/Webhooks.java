package io.parley.contracts.webhooks;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.changes.Change;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the webhooks module answers. A request that names a webhook fails not-found if there is none, and forbidden if it is another
 * user's.
 */
public final class Webhooks {
    public static final int MAX_PER_USER = 20;

    /** Every type of event. */
    public static final String ALL_EVENTS = "*";

    /** Fails conflict beyond {@link #MAX_PER_USER}, and invalid if the address must not be called. */
    public static final Address<Create, Created> CREATE = new Address<>("webhooks.create");

    public static final Address<Find, Webhook> FIND = new Address<>("webhooks.find");

    /** Ordered by creation. */
    public static final Address<ListMine, Page<Webhook>> LIST = new Address<>("webhooks.list");

    /**
     * Fails stale unless the webhook has one of the given versions, and invalid like {@link #CREATE}. One that is switched off forgets
     * what waits to be delivered; one that is switched on counts its failures anew.
     */
    public static final Address<Update, Webhook> UPDATE = new Address<>("webhooks.update");

    /** Permanently; fails stale unless the webhook has one of the given versions. */
    public static final Address<Delete, None> DELETE = new Address<>("webhooks.delete");

    /** Makes another secret. For a day, requests are signed with the one before, too. */
    public static final Address<Rotate, Rotated> ROTATE_SECRET = new Address<>("webhooks.rotate-secret");

    /** Stores an event to be delivered to this webhook only. Fails conflict if it is switched off. */
    public static final Address<Test, None> TEST = new Address<>("webhooks.test");

    /** Newest first. */
    public static final Address<ListAttempts, Page<DeliveryAttempt>> ATTEMPTS = new Address<>("webhooks.attempts");

    private static final Set<String> EVENTS = Stream.of(Change.Resource.values())
            .flatMap(resource -> Stream.of(Change.Kind.values()).map(kind -> type(resource.name(), kind.name())))
            .collect(Collectors.toUnmodifiableSet());

    private static String type(String resource, String kind) {
        return (resource + "." + kind).toLowerCase(Locale.ROOT);
    }

    public record Create(Caller caller, WebhookDraft draft, Origin origin) {}

    /** @param isActive null means true */
    public record WebhookDraft(
            String url,
            List<String> events,
            @Nullable String description,
            @Nullable Boolean isActive) {
        public WebhookDraft {
            events = checked(events);
        }
    }

    /** @param secret shown this once */
    public record Created(Webhook webhook, Secret secret) {}

    public record Find(Caller caller, UUID id) {}

    public record ListMine(Caller caller, PageRequest page) {}

    public record Update(Caller caller, UUID id, Versions versions, WebhookPatch patch, Origin origin) {}

    /** Only the description can be set to null. */
    public record WebhookPatch(
            Patch<String> url, Patch<List<String>> events, Patch<String> description, Patch<Boolean> isActive) {
        public WebhookPatch {
            requireValue("/url", url);
            requireValue("/events", events);
            requireValue("/is_active", isActive);
            events = events.map(Webhooks::checked);
        }

        private static void requireValue(String pointer, Patch<?> patch) {
            if (patch.present() && patch.value() == null) throw Problem.invalid(pointer, "must not be null");
        }
    }

    public record Delete(Caller caller, UUID id, Versions versions, Origin origin) {}

    public record Rotate(Caller caller, UUID id, Origin origin) {}

    /** @param secret shown this once */
    public record Rotated(Secret secret) {}

    public record Test(Caller caller, UUID id) {}

    public record ListAttempts(Caller caller, UUID id, PageRequest page) {}

    private static List<String> checked(List<String> events) {
        if (events.isEmpty()) throw Problem.invalid("/events", "must have at least one");
        for (var event : events)
            if (!event.equals(ALL_EVENTS) && !EVENTS.contains(event))
                throw Problem.invalid("/events", "has an unknown type of event");
        return List.copyOf(events);
    }

    private Webhooks() {}
}
