package io.parley.assistant.dates;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.dates.parts.Reading.Found;
import io.parley.assistant.dates.parts.Reading.Refused;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrailingDateTest {
    /** A Wednesday. */
    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 11, 25, 10, 0, 0, 0, ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tomorrow at 5pm                | 2026-11-26T17:00
            tomorrow 5 p.m.                | 2026-11-26T17:00
            at 5pm tomorrow                | 2026-11-26T17:00
            tomorrow, 17:00                | 2026-11-26T17:00
            today                          | 2026-11-25
            by eod                         | 2026-11-25
            tonight                        | 2026-11-25T20:00
            tonight at 11                  | 2026-11-25T23:00
            tomorrow morning               | 2026-11-26T09:00
            tomorrow morning at 5          | 2026-11-26T05:00
            at 7 in the morning            | 2026-11-26T07:00
            in the morning                 | 2026-11-26T09:00
            in the evening                 | 2026-11-25T18:00
            this afternoon                 | 2026-11-25T15:00
            friday night                   | 2026-11-27T20:00
            at noon                        | 2026-11-25T12:00
            friday noon                    | 2026-11-27T12:00
            by noon tomorrow               | 2026-11-26T12:00
            at 5                           | 2026-11-25T17:00
            at five                        | 2026-11-25T17:00
            at 5 o'clock                   | 2026-11-25T17:00
            at 5:30                        | 2026-11-25T17:30
            at 05:30                       | 2026-11-26T05:30
            at 14.30                       | 2026-11-25T14:30
            at 14h30                       | 2026-11-25T14:30
            @ 4pm                          | 2026-11-25T16:00
            @4pm                           | 2026-11-25T16:00
            five thirty pm tomorrow        | 2026-11-26T17:30
            at five thirty                 | 2026-11-25T17:30
            half past 5 pm                 | 2026-11-25T17:30
            at a quarter to one            | 2026-11-25T12:45
            at 9                           | 2026-11-26T09:00
            at 10                          | 2026-11-26T10:00
            at 11                          | 2026-11-25T11:00
            12pm                           | 2026-11-25T12:00
            tomorrow at 12am               | 2026-11-26T00:00
            in 2 hours                     | 2026-11-25T12:00
            in a fortnight                 | 2026-12-09
            on christmas eve               | 2026-12-24
            by new year's eve at 6pm       | 2026-12-31T18:00
            within two hours               | 2026-11-25T12:00
            in half an hour                | 2026-11-25T10:30
            in an hour                     | 2026-11-25T11:00
            in 20 mins                     | 2026-11-25T10:20
            in 3 days                      | 2026-11-28
            in 3 days at 9am               | 2026-11-28T09:00
            in twelve days                 | 2026-12-07
            in a week                      | 2026-12-02
            two weeks from now             | 2026-12-09
            in two months                  | 2027-01-25
            the day after tomorrow         | 2026-11-27
            friday                         | 2026-11-27
            wednesday                      | 2026-12-02
            this wednesday                 | 2026-11-25
            this friday                    | 2026-11-27
            next wednesday                 | 2026-12-02
            next friday                    | 2026-12-04
            friday next week               | 2026-12-04
            by fri                         | 2026-11-27
            on sun                         | 2026-11-29
            this weekend                   | 2026-11-28
            next week                      | 2026-11-30
            next month                     | 2026-12-01
            next year                      | 2027-01-01
            end of the month               | 2026-11-30
            by the end of next month       | 2026-12-31
            end of the week                | 2026-11-29
            end of the year                | 2026-12-31
            march 3                        | 2027-03-03
            due 3rd of march               | 2027-03-03
            on the 3rd of march            | 2027-03-03
            december 24th, 2027            | 2027-12-24
            24 dec at 18:00                | 2026-12-24T18:00
            november 25                    | 2026-11-25
            feb 29                         | 2028-02-29
            by the 15th                    | 2026-12-15
            due 31st                       | 2026-12-31
            monday the 30th                | 2026-11-30
            friday, march 5                | 2027-03-05
            2027-03-01                     | 2027-03-01
            2027-03-01 9:00                | 2027-03-01T09:00
            24.12.2026                     | 2026-12-24
            on 24.12.                      | 2026-12-24
            due 24.12.26                   | 2026-12-24
            3/14                           | 2027-03-14
            14/3                           | 2027-03-14
            by 3/14/2028                   | 2028-03-14
            due 3/3                        | 2027-03-03
            on 24/7                        | 2027-07-24
            """)
    void findsTheDateAtTheEnd(String date, String expected) {
        for (var title : List.of("buy milk", "call Ann twice", "x")) {
            var found = trailing(title + ' ' + date);

            assertThat(found).isPresent();
            assertThat(found.get().start()).isEqualTo(title.split(" ", -1).length);
            assertThat(found.get().reading())
                    .isInstanceOfSatisfying(
                            Found.class, reading -> assertThat(text(reading)).isEqualTo(expected));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            on feb 30               | not a date
            2027-02-29              | not a date
            due 31.4.               | not a date
            on monday the 31st      | another day of the week
            at 25:00                | not a time
            at 13pm                 | not a time
            at 9:75                 | not a time
            2027-03-28 at 02:30     | not a time
            at midnight             | beginning or the end
            due 3/4                 | two dates
            3/4/2027                | two dates
            every monday            | recurs
            each week               | recurs
            every other day         | recurs
            every 2 weeks           | recurs
            every morning at 9      | recurs
            on mondays              | recurs
            daily                   | recurs
            in a few days           | how many
            in a couple of weeks    | how many
            in 1000000 days         | not a date
            before easter           | another date each year
            for tomorrow            | part of the title
            """)
    void refusesADateThatIsNoneOrSeveral(String date, String words) {
        var found = trailing("water the plants " + date);

        assertThat(found).isPresent();
        assertThat(found.get().start()).isEqualTo(3);
        assertThat(found.get().reading())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains(words));
    }

    /** Titles of tasks without a date. Natty finds one in most of those with a number. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "buy 2 tickets",
                "call May",
                "read chapter 3",
                "watch season 2",
                "count to 5",
                "be home by 5",
                "support 24/7",
                "split it 50/50",
                "install version 3.10",
                "read the friday",
                "the report of last friday",
                "enjoy the sun",
                "she sat",
                "look at it",
                "see you",
                "say good morning",
                "march",
                "marry in may",
                "move from monday to friday",
                "print 12 posters",
                "watch High Noon",
                "buy a second chair",
                "run in 2 groups",
                "on",
                "due",
                "at",
                "by",
                "meet at 42nd street",
                "friday report",
                "monday meeting notes",
                "plan may 5 things",
                "1 2 3",
                "every frog",
                "go in",
                "in the",
                "this",
                "next",
                "the end of",
                "the 15th",
                "think of tomorrow"
            })
    void findsNoDateInATitle(String title) {
        assertThat(trailing(title)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 100_000})
    void readsALongTextAtOnce(int words) {
        assertThat(trailing("in 2 ".repeat(words) + "tomorrow")).isPresent();
    }

    private static Optional<TrailingDate> trailing(String text) {
        return TrailingDate.of(
                Stream.of(text.split(" ", -1)).map(DateWords::key).toList(), NOW);
    }

    private static String text(Found reading) {
        var moment = reading.moment();
        return moment.time() == null
                ? moment.day().toString()
                : moment.time().toLocalDateTime().toString();
    }
}
