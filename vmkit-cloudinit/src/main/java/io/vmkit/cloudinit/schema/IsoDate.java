package io.vmkit.cloudinit.schema;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates as Python 3.11's {@code date.fromisoformat} takes them: basic and week dates too. */
final class IsoDate {
  private static final Pattern CALENDAR = Pattern.compile("(\\d{4})(-?)(\\d{2})\\2(\\d{2})");
  private static final Pattern WEEK = Pattern.compile("(\\d{4})(-?)W(\\d{2})(?:\\2([1-7]))?");

  private IsoDate() {}

  static boolean isValid(String text) {
    try {
      Matcher calendar = CALENDAR.matcher(text);
      if (calendar.matches()) {
        LocalDate.of(number(calendar, 1), number(calendar, 3), number(calendar, 4));
        return number(calendar, 1) > 0;
      }
      Matcher week = WEEK.matcher(text);
      return week.matches() && number(week, 1) > 0 && hasWeek(number(week, 1), number(week, 3));
    } catch (DateTimeException outside) {
      return false;
    }
  }

  /** 4 January always lies in week 1. */
  private static boolean hasWeek(int year, int week) {
    LocalDate early = LocalDate.of(year, 1, 4);
    return week >= 1
        && week <= IsoFields.WEEK_OF_WEEK_BASED_YEAR.rangeRefinedBy(early).getMaximum();
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
