package io.parley.contracts;

import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import java.util.List;

/** The number and size of a module's resources over all users, for administrators. */
public final class Statistics {
    public static final List<String> MODULES = List.of("users", "conversations", "messages", "tasks", "files");

    /**
     * Fails forbidden if the access token is not an administrator's. A token may be out of date, and only the module users
     * checks the account itself: send it the request first.
     */
    public static Address<Query, Figures> of(String module) {
        return new Address<>(module + ".statistics");
    }

    public record Query(Caller caller) {}

    /**
     * @param counts the number of resources in each state; every state has an entry, and no resource is in two of them
     * @param bytes on disk of all the module's tables including their indexes
     * @param lastWeek the number of resources created within the last 7 days
     * @param lastMonth the number of resources created within the last 30 days
     */
    public record Figures(List<Count> counts, long bytes, long lastWeek, long lastMonth) {}

    public record Count(String state, long count) {}

    private Statistics() {}
}
