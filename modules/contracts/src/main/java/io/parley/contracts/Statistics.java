package io.parley.contracts;

import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import java.util.List;

/** How much a module keeps, for administrators. */
public final class Statistics {
    public static final List<String> MODULES = List.of("users", "conversations", "messages", "tasks");

    /**
     * Fails forbidden where the access token does not say administrator; only the module users knows what the account
     * says by now, so ask that one first.
     */
    public static Address<Query, Figures> of(String module) {
        return new Address<>(module + ".statistics");
    }

    public record Query(Caller caller) {}

    /**
     * @param counts of the module's resources, one for each state; every state is there, and none overlap
     * @param bytes on disk of all the module's tables with their indexes
     * @param lastWeek how many of the resources were made within the last 7 days
     * @param lastMonth how many of the resources were made within the last 30 days
     */
    public record Figures(List<Count> counts, long bytes, long lastWeek, long lastMonth) {}

    public record Count(String state, long count) {}

    private Statistics() {}
}
