package io.parley.gateway.routes;

import io.parley.contracts.Analytics.Bucket;
import io.parley.contracts.Analytics.Count;
import io.parley.contracts.Analytics.DateRange;
import io.parley.contracts.Analytics.Usage;
import io.parley.contracts.messages.Message.Role;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The usage per bucket, in order of time, with a row for every bucket even if nothing was counted. */
record UsageTable(List<Row> items) {
    /** @param messages by role, with all roles */
    record Row(
            Instant bucket,
            Map<String, Long> messages,
            List<TokenCount> tokens,
            long conversationsStarted,
            long tasksCreated,
            long tasksCompleted) {}

    /** @param model null if unknown */
    record TokenCount(@Nullable String model, long count) {}

    static UsageTable of(DateRange range, List<Usage> parts) {
        SortedMap<Instant, List<Count>> buckets = new TreeMap<>();
        starts(range).forEach(start -> buckets.put(start, new ArrayList<>()));
        for (var part : parts)
            for (var count : part.counts())
                buckets.computeIfAbsent(count.bucket(), start -> new ArrayList<>())
                        .add(count);
        return new UsageTable(buckets.entrySet().stream()
                .map(bucket -> row(bucket.getKey(), bucket.getValue()))
                .toList());
    }

    private static Stream<Instant> starts(DateRange range) {
        var from = range.from().atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
        return Stream.iterate(first(range.bucket(), from), start -> next(range.bucket(), start))
                .map(ZonedDateTime::toInstant)
                .takeWhile(start -> start.isBefore(range.to()));
    }

    private static ZonedDateTime first(Bucket bucket, ZonedDateTime day) {
        return switch (bucket) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    private static ZonedDateTime next(Bucket bucket, ZonedDateTime start) {
        return switch (bucket) {
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
        };
    }

    private static Row row(Instant bucket, List<Count> counts) {
        Map<String, Long> messages = new LinkedHashMap<>();
        for (var role : Role.values()) {
            var name = role.name().toLowerCase(Locale.ROOT);
            messages.put(name, sum(counts, name));
        }
        return new Row(
                bucket,
                messages,
                tokens(counts),
                sum(counts, "started"),
                sum(counts, "created"),
                sum(counts, "completed"));
    }

    private static long sum(List<Count> counts, String metric) {
        return counts.stream()
                .filter(count -> count.what().equals(metric))
                .mapToLong(Count::count)
                .sum();
    }

    private static List<TokenCount> tokens(List<Count> counts) {
        return counts.stream()
                .filter(count -> count.what().equals("tokens"))
                .map(count -> new TokenCount(count.model(), count.count()))
                .toList();
    }
}
