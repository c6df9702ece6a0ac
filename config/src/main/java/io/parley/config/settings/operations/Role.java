package io.parley.config.settings.operations;

import io.parley.config.settings.sources.RenamedSettings;
import io.parley.config.settings.sources.SettingValues;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of Parley that a process runs or leaves to other nodes. */
public enum Role {
    GATEWAY,
    USERS,
    CONVERSATIONS,
    MESSAGES,
    TASKS,
    FILES,
    IDEMPOTENCY,
    CHANGES,
    AUDIT,
    WEBHOOKS,
    ASSISTANT,
    RETENTION;

    public static final Set<Role> ALL = Set.of(values());

    private static final Map<String, Role> OLD_NAMES = Map.of("retries", IDEMPOTENCY); // last accepted by 0.1

    /** Fails if the setting has another name than these, or none. */
    static Set<Role> read(SettingValues values, String key) {
        var roles = EnumSet.noneOf(Role.class);
        for (var name : values.list(key)) roles.add(named(name, values, key));
        if (roles.isEmpty()) throw unknown(values, key);
        return roles;
    }

    private static Role named(String name, SettingValues values, String key) {
        var renamed = OLD_NAMES.get(name);
        if (renamed != null) {
            RenamedSettings.warn("the role " + name, renamed.roleName(), values.origin(key));
            return renamed;
        }
        return Arrays.stream(values())
                .filter(role -> role.roleName().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(values, key));
    }

    private static RuntimeException unknown(SettingValues values, String key) {
        var names = Arrays.stream(values()).map(Role::roleName).collect(Collectors.joining(", "));
        return values.invalid(key, "must list one or more of " + names);
    }

    /** As in {@code cluster.roles}; for a module it is the module's name. */
    public String roleName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it reads and writes the database itself. */
    public boolean needsDatabase() {
        return this != GATEWAY && this != RETENTION;
    }
}
