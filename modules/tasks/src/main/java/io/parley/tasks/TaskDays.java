package io.parley.tasks;

import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.users.TimeZones;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.time.DayOrTime;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The days of a list of tasks. They are compared as dates, so that the database need not know the time zone.
 *
 * @param zone in which they begin and end
 */
record TaskDays(ZoneId zone, LocalDate today) {

    /** In the time zone of the filter, else the caller's. The caller is only looked up if the filter depends on it. */
    static Future<TaskDays> of(Bus bus, Clock clock, Tasks.ListMine query) {
        return of(bus, clock, query.caller(), query.filter(), query.filter().dependsOnDays());
    }

    /** The same for a list that is sorted. */
    static Future<TaskDays> of(Bus bus, Clock clock, Tasks.ListSorted query) {
        boolean dependsOnDays =
                query.sort() == Tasks.Sort.DUE_DATE || query.filter().dependsOnDays();
        return of(bus, clock, query.caller(), query.filter(), dependsOnDays);
    }

    private static Future<TaskDays> of(
            Bus bus, Clock clock, Caller caller, Tasks.Filter filter, boolean dependsOnDays) {
        return zone(bus, caller, filter, dependsOnDays).map(name -> {
            var zone = TimeZones.rules(name);
            return new TaskDays(zone, LocalDate.ofInstant(clock.instant(), zone));
        });
    }

    private static Future<String> zone(Bus bus, Caller caller, Tasks.Filter filter, boolean dependsOnDays) {
        if (filter.timeZone() != null) return Future.succeededFuture(filter.timeZone());
        return dependsOnDays
                ? bus.ask(Users.FIND, new Users.Find(caller)).map(user -> user.timeZone())
                : Future.succeededFuture(TimeZones.DEFAULT);
    }

    Instant startOfToday() {
        return today.atStartOfDay(zone).toInstant();
    }

    /** When something is due. */
    Instant end(LocalDate day) {
        return DayOrTime.endOf(day, zone);
    }

    /** The last day that is over at this time. */
    LocalDate lastUntil(Instant time) {
        var day = LocalDate.ofInstant(time, zone);
        return DayOrTime.endOf(day, zone).isAfter(time) ? day.minusDays(1) : day;
    }

    /** The first day that is not over before this time. */
    LocalDate firstFrom(Instant time) {
        var day = LocalDate.ofInstant(time, zone);
        return DayOrTime.endOf(day, zone).isBefore(time) ? day.plusDays(1) : day;
    }
}
