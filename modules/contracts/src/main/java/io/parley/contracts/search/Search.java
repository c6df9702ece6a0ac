package io.parley.contracts.search;

import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finding by words, best first. Every module searches its own; whoever asks several merges what they found. Only what
 * is the caller's and alive is found. Of more than {@link #WINDOW} matches in a module the newest are ranked.
 */
public final class Search {
    /** How many matches of a module are ranked, which bounds what a word costs that occurs in everything. */
    public static final int WINDOW = 300;

    /** In characters, which is more than anybody types. */
    public static final int MAX_QUERY = 1000;

    /** What can be found. */
    public enum Type {
        MESSAGE,
        TASK,
        CONVERSATION
    }

    public static Address<Query, Results> of(Type type) {
        return switch (type) {
            case MESSAGE -> new Address<>("messages.search");
            case TASK -> new Address<>("tasks.search");
            case CONVERSATION -> new Address<>("conversations.search");
        };
    }

    /**
     * @param q as people write it to a search engine: words that must all occur, {@code "a phrase"}, {@code or},
     *     {@code -not}
     * @param limit at most so many hits, 1 to 200
     * @param after the hits begin behind it; null asks for the first
     */
    public record Query(
            Caller caller, String q, int limit, @Nullable RankCursor after) {
        public Query {
            if (q.isBlank()) throw Problem.invalid("q", "must not be empty");
            if (q.length() > MAX_QUERY)
                throw Problem.invalid("q", "must not be longer than " + MAX_QUERY + " characters");
        }
    }

    /**
     * @param conversationId of a message, and of a task that is linked to one
     * @param title of a task or a conversation that has one
     * @param snippet HTML: the text around the match, escaped, with the match in {@code <mark>}
     * @param rank comparable within one search, over all types; more is better
     */
    public record Hit(
            Type type,
            UUID id,
            @Nullable UUID conversationId,
            @Nullable String title,
            String snippet,
            float rank,
            Instant createdAt) {
        private static final Comparator<Hit> BEST_FIRST = Comparator.comparing(Hit::rank)
                .thenComparing(Hit::createdAt)
                .thenComparing(Hit::id, Hit::compareAsPostgres)
                .reversed();

        // UUID.compareTo takes the halves for signed numbers.
        private static int compareAsPostgres(UUID one, UUID other) {
            int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
            return high != 0
                    ? high
                    : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
        }
    }

    /**
     * @param more whether there are hits behind these
     * @param asOf when the first page was read, by the clock of the database
     */
    public record Results(List<Hit> hits, boolean more, Instant asOf) {
        /** One page of the best hits of several. */
        public static Results merge(List<Results> parts, int limit) {
            var all = parts.stream()
                    .flatMap(part -> part.hits.stream())
                    .sorted(Hit.BEST_FIRST)
                    .toList();
            return new Results(
                    all.subList(0, Math.min(limit, all.size())),
                    all.size() > limit || parts.stream().anyMatch(Results::more),
                    parts.stream()
                            .map(Results::asOf)
                            .max(Comparator.naturalOrder())
                            .orElse(Instant.EPOCH));
        }

        /** Where the next page begins; null on the last one. */
        public @Nullable RankCursor next() {
            if (!more || hits.isEmpty()) return null;
            var last = hits.get(hits.size() - 1);
            return new RankCursor(asOf, last.rank(), last.createdAt(), last.id());
        }
    }

    private Search() {}
}
