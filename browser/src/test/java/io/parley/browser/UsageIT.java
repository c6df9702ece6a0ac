package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(AppExtension.class)
class UsageIT {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH);

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void isDrawnWithAScaleAndWrittenInATable(ColorScheme colors, Visitor ada) {
        ada.registered();
        new SampleContent(ada).create();
        ada.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colors));
        ada.page.setViewportSize(320, 700);
        ada.page.navigate("/usage");

        assertThat(ada.role(AriaRole.TABLE, "Tokens per day")).containsText("960");
        assertThat(ada.role(AriaRole.IMG, "Tokens per day")).isVisible();
        for (var number : new String[] {"0", "500", "1K"})
            assertThat(inChart(ada, number)).isVisible();
        for (int days : new int[] {0, 15, 30})
            assertThat(inChart(ada, DAY.format(LocalDate.now(ZoneOffset.UTC).minusDays(days))))
                    .isVisible();
        var messages = ada.role(AriaRole.IMG, "Messages per day");
        assertThat(messages.locator("rect[height=\"0\"]")).not().hasCount(0);
        assertThat(messages.locator("rect:not([height=\"0\"])")).hasCount(2);
        PageCheck.of(ada.page, "usage");
    }

    private static Locator inChart(Visitor ada, String text) {
        var chart = ada.page
                .getByRole(AriaRole.FIGURE)
                .filter(new Locator.FilterOptions().setHas(ada.role(AriaRole.IMG, "Tokens per day")));
        return chart.getByText(text, new Locator.GetByTextOptions().setExact(true));
    }
}
