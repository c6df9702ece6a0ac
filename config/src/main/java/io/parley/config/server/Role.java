package io.parley.config.server;

import io.parley.config.settings.SettingValues;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A part that a process runs, or leaves to others. */
public enum Role {
    GATEWAY,
    USERS,
    CONVERSATIONS,
    MESSAGES,
    TASKS,
    IDEMPOTENCY,
    CHANGES,
    ASSISTANT,
    RETENTION;

    public static final Set<Role> ALL = Set.of(values());

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it reads and writes the database itself. */
    public boolean isModule() {
        return this != GATEWAY && this != RETENTION;
    }

    /** Fails where there is another word than these, or none. */
    public static Set<Role> of(SettingValues values, String key) {
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
