package io.parley.gateway.contract;

import io.parley.contracts.SortCursor;
import io.parley.contracts.SortRequest;
import io.parley.contracts.search.RankCursor;
import io.parley.json.HyphenatedWords;
import io.parley.json.Times;
import io.parley.kernel.Cursor;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The query parameters of one request, in their types, with the defaults of the contract. */
public final class QueryValues {
    private final Map<String, Object> values;

    QueryValues(Map<String, Object> values) {
        this.values = values;
    }

    /** Fails invalid if the cursor is not one that a page has returned. */
    public PageRequest pageRequest() {
        return new PageRequest(
                cursor(), required("limit", Integer.class), requiredChoice("order", PageRequest.Order.class));
    }

    /** The same of a list that has one order only. */
    public PageRequest pageRequest(PageRequest.Order order) {
        return new PageRequest(cursor(), required("limit", Integer.class), order);
    }

    /** The same of a sorted list. */
    public SortRequest sortRequest() {
        var text = text("cursor");
        var cursor = text == null ? null : SortCursor.parse(text).orElseThrow(SortRequest::invalidCursor);
        return new SortRequest(
                cursor, required("limit", Integer.class), requiredChoice("order", PageRequest.Order.class));
    }

    /** The items of a parameter that is a list; empty if the query does not contain it. */
    public List<String> texts(String name) {
        return values.get(name) instanceof List<?> items
                ? items.stream().map(String.class::cast).toList()
                : List.of();
    }

    /** The same for an enumeration. */
    public <E extends Enum<E>> List<E> choices(String name, Class<E> type) {
        return texts(name).stream()
                .map(word -> constant(name, type, word))
                .distinct()
                .toList();
    }

    /** A parameter that is required by the contract, or has a default there. */
    public <T> T required(String name, Class<T> type) {
        var value = values.get(name);
        if (value == null) throw noValue(name);
        return type.cast(value);
    }

    /** The same for an enumeration. */
    public <E extends Enum<E>> E requiredChoice(String name, Class<E> type) {
        var choice = choice(name, type);
        if (choice == null) throw noValue(name);
        return choice;
    }

    public <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
        var word = text(name);
        return word == null ? null : constant(name, type, word);
    }

    private static <E extends Enum<E>> E constant(String name, Class<E> type, String word) {
        for (E constant : type.getEnumConstants()) if (HyphenatedWords.isWord(constant, word)) return constant;
        throw new IllegalStateException("openapi.yaml allows " + word + " for " + name + ", " + type + " does not");
    }

    public @Nullable UUID uuid(String name) {
        return (UUID) values.get(name);
    }

    public @Nullable Instant time(String name) {
        return (Instant) values.get(name);
    }

    public @Nullable Boolean flag(String name) {
        return (Boolean) values.get(name);
    }

    public @Nullable String text(String name) {
        return (String) values.get(name);
    }

    /** The cursor of a page of search results; fails invalid as {@link #pageRequest} does. */
    public @Nullable RankCursor rankCursor() {
        var text = text("cursor");
        return text == null
                ? null
                : RankCursor.parse(text).filter(QueryValues::isStorable).orElseThrow(QueryValues::invalidCursor);
    }

    private @Nullable Cursor cursor() {
        var text = text("cursor");
        return text == null
                ? null
                : Cursor.parse(text)
                        .filter(cursor -> Times.isStorable(cursor.at()))
                        .orElseThrow(QueryValues::invalidCursor);
    }

    private static boolean isStorable(RankCursor cursor) {
        return Times.isStorable(cursor.asOf()) && Times.isStorable(cursor.at()) && Float.isFinite(cursor.rank());
    }

    private static Problem invalidCursor() {
        return Problem.invalid("cursor", "must be the next_cursor of a page of this list");
    }

    private static IllegalStateException noValue(String name) {
        return new IllegalStateException("openapi.yaml neither requires " + name + " nor has a default for it");
    }
}
