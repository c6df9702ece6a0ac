package io.parley.kernel.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A part of the API that a token may open (RFC 6749, 3.3). A session opens all of them. */
public enum Scope {
    TASKS_READ("tasks:read"),
    /** Includes {@link #TASKS_READ}. */
    TASKS_WRITE("tasks:write"),
    CONVERSATIONS_READ("conversations:read"),
    /** Includes {@link #CONVERSATIONS_READ}. */
    CONVERSATIONS_WRITE("conversations:write"),
    /** Starting and following chat turns; what a turn's tools do needs their own scopes as well. */
    CHAT("chat");

    public static final Set<Scope> ALL = Set.copyOf(EnumSet.allOf(Scope.class));

    private static final Map<String, Scope> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Scope::text, Function.identity()));

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    /** As clients write it. */
    public String text() {
        return text;
    }

    public static Optional<Scope> of(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }

    /** All that these scopes permit, with what they include. */
    public static Set<Scope> allOf(Collection<Scope> granted) {
        var all = EnumSet.noneOf(Scope.class);
        all.addAll(granted);
        if (all.contains(TASKS_WRITE)) all.add(TASKS_READ);
        if (all.contains(CONVERSATIONS_WRITE)) all.add(CONVERSATIONS_READ);
        return Set.copyOf(all);
    }

    /** As a list in a challenge (RFC 6750, 3), in the order of this enumeration. */
    public static String list(Collection<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::text).collect(Collectors.joining(" "));
    }

    /** The texts of all scopes, in their order. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(Scope::text).toList();
    }
}
