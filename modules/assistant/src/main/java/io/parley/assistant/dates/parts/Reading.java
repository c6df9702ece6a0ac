package io.parley.assistant.dates.parts;

/** What a phrase means that has the form of a date. */
public sealed interface Reading {
    record Found(Moment moment) implements Reading {}

    /** @param reason a predicate such as {@code is not a date that exists} */
    record Refused(String reason) implements Reading {
        public static final Refused NONE = new Refused("is not one date");
        public static final Refused NO_DATE = new Refused("is not a date that exists");
        public static final Refused NO_TIME = new Refused("is not a time that exists");
        public static final Refused NO_WEEKDAY = new Refused("is a date on another day of the week");
        public static final Refused RECURS = new Refused("recurs, and a task has one date");
        public static final Refused MIDNIGHT =
                new Refused("can be the beginning or the end of a day; write 00:00 or 23:59");
        public static final Refused FOR = new Refused(
                "can be a date or a part of the title; write due before a date, or put the title in quotes");
        public static final Refused HOLIDAY = new Refused("has another date each year; write the date");
        public static final Refused VAGUE = new Refused("does not say how many");
        public static final Refused DAY_OR_MONTH =
                new Refused("can mean two dates; write the month as a word, or the date as 2027-03-31");
    }
}
