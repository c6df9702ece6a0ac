package io.parley.config;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A part that a process runs, or leaves to others. */
enum Role {
    GATEWAY,
    USERS,
    CONVERSATIONS,
    MESSAGES,
    TASKS,
    RETRIES,
    CHANGES,
    ASSISTANT,
    RETENTION;

    static final Set<Role> ALL = Set.of(values());

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it reads and writes the database itself. */
    boolean isModule() {
        return this != GATEWAY && this != RETENTION;
    }

    /** Fails where there is another word than these, or none. */
    static Set<Role> of(Values values, String key) {
        var roles = EnumSet.noneOf(Role.class);
        for (var word : values.list(key))
            roles.add(Arrays.stream(values())
                    .filter(role -> role.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> values.wrong(key, "must name some of " + words())));
        if (roles.isEmpty()) throw values.wrong(key, "must name some of " + words());
        return roles;
    }

    private static String words() {
        return Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "));
    }
}
