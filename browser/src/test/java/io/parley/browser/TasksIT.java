package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(AppExtension.class)
class TasksIT {
    @Test
    void addsChangesAndDeletesWithTheKeyboard(Visitor ada) {
        ada.registered();
        ada.page.navigate("/tasks");
        ada.field("New task").fill("buy milk tomorrow 5pm !high");
        ada.field("New task").press("Enter");
        assertThat(row(ada, "buy milk")).containsText("High");
        assertThat(row(ada, "buy milk")).containsText("5:00");

        ada.button("Edit buy milk").press("Enter");
        ada.page.getByLabel("Due date").fill("2020-03-14");
        ada.button("Save").press("Enter");
        assertThat(row(ada, "buy milk")).containsText("Overdue");
        assertThat(ada.button("Edit buy milk")).isFocused();

        ada.role(AriaRole.CHECKBOX, "buy milk").press("Space");
        assertThat(ada.role(AriaRole.CHECKBOX, "buy milk")).isChecked();
        ada.button("Delete buy milk").press("Enter");
        assertThat(ada.page.getByText("Nothing to do.")).isVisible();
        assertThat(ada.field("New task")).isFocused();
        ada.button("Undo").click();
        assertThat(row(ada, "buy milk")).isVisible();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Read The 5th Wave", "Call Theresa May", "Plan Sunday roast for Ada", "tomorrow"})
    void takesADayOnlyAtTheEnd(String title, Visitor ada) {
        ada.registered();
        ada.page.navigate("/tasks");
        add(ada, title);
        assertThat(ada.role(AriaRole.CHECKBOX, title)).isVisible();
    }

    @Test
    void sortsThingsByTags(Visitor ada) {
        ada.registered();
        ada.page.navigate("/tasks");
        add(ada, "Buy paint");
        ada.button("Edit Buy paint").click();
        ada.field("Tags").fill("home, red walls");
        ada.button("Save").click();
        assertThat(row(ada, "Buy paint").locator(".tag")).hasText(new String[] {"home", "red walls"});
    }

    @Test
    void changesATitleInItsRow(Visitor ada) {
        ada.registered();
        ada.page.navigate("/tasks");
        add(ada, "Buy pant");
        ada.role(AriaRole.CHECKBOX, "Buy pant").press("F2");
        ada.field("Title of Buy pant").fill("Buy paint");
        ada.field("Title of Buy pant").press("Enter");
        assertThat(ada.role(AriaRole.CHECKBOX, "Buy paint")).isFocused();

        ada.page.locator(".task-title").dblclick();
        ada.field("Title of Buy paint").fill("Something else");
        ada.field("Title of Buy paint").press("Escape");
        ada.page.reload();
        assertThat(ada.role(AriaRole.CHECKBOX, "Buy paint")).isVisible();
    }

    @Test
    void saysThatATitleWasChangedElsewhere(Visitor ada) {
        ada.registered();
        ada.page.navigate("/tasks");
        add(ada, "Buy pant");
        ada.role(AriaRole.CHECKBOX, "Buy pant").press("F2");
        var field = ada.page.locator("input.task-title");
        field.fill("Buy paint");
        var other = ada.tab();
        other.navigate("/tasks");
        other.getByRole(AriaRole.CHECKBOX).press("F2");
        other.locator("input.task-title").fill("Buy plants");
        other.keyboard().press("Enter");
        assertThat(other.getByRole(AriaRole.CHECKBOX)).hasAccessibleName("Buy plants");

        field.press("Enter");
        assertThat(ada.page.getByText("This was changed elsewhere")).isVisible();
        assertThat(field).hasValue("Buy paint");
        field.press("Enter");
        assertThat(other.getByRole(AriaRole.CHECKBOX)).hasAccessibleName("Buy paint");
    }

    @Test
    void keepsATaskThatIsAddedWhileTheListIsRead(Visitor ada) {
        ada.registered();
        ada.page.navigate("/tasks");
        add(ada, "Buy paint");
        assertThat(ada.role(AriaRole.CHECKBOX, "Buy paint")).isVisible();

        ada.expectFault("net::ERR_FAILED");
        var reading = HeldAnswers.of(ada.page, "**/tasks?limit=200**");
        ada.page.reload();
        reading.await(1);
        add(ada, "Water the ferns");
        assertThat(ada.field("New task")).hasValue("");
        reading.release();
        assertThat(ada.role(AriaRole.CHECKBOX, "Buy paint")).isVisible();
        assertThat(ada.role(AriaRole.CHECKBOX, "Water the ferns")).isVisible();
    }

    @Test
    void keepsATitleThatIsBeingChanged(Visitor ada) {
        ada.registered();
        ada.page.navigate("/tasks");
        add(ada, "Buy pant");
        ada.role(AriaRole.CHECKBOX, "Buy pant").press("F2");
        ada.field("Title of Buy pant").fill("Buy paint");
        ada.page.reload();
        ada.role(AriaRole.CHECKBOX, "Buy pant").press("F2");
        assertThat(ada.field("Title of Buy pant")).hasValue("Buy paint");
        ada.field("Title of Buy pant").press("Enter");
        ada.role(AriaRole.CHECKBOX, "Buy paint").press("F2");
        ada.field("Title of Buy paint").press("Escape");
        assertThat(ada.role(AriaRole.CHECKBOX, "Buy paint")).isVisible();
    }

    @Test
    void keepsWhatIsTypedInTheDialog(Visitor ada) {
        ada.registered();
        ada.page.navigate("/tasks");
        add(ada, "Buy paint");
        ada.button("Edit Buy paint").click();
        ada.field("Description").fill("Two cans");
        ada.page.reload();
        ada.button("Edit Buy paint").click();
        assertThat(ada.field("Description")).hasValue("Two cans");
        ada.button("Cancel").click();
        ada.button("Edit Buy paint").click();
        assertThat(ada.field("Description")).hasValue("");
    }

    @Test
    void showsWhatIsOverdueOrHasATag(Visitor ada) {
        ada.registered();
        ada.page.navigate("/tasks");
        for (var line : new String[] {"Pay rent 2020-03-14", "Buy paint"}) {
            add(ada, line);
        }
        var all = ada.role(AriaRole.LIST, "Tasks").getByRole(AriaRole.LISTITEM);
        assertThat(all).hasCount(2);
        ada.button("Overdue").click();
        assertThat(all).hasCount(1);
        assertThat(all).containsText("Pay rent");
        ada.role(AriaRole.CHECKBOX, "Pay rent").click();
        assertThat(all).hasCount(0);
        ada.button("Overdue").click();

        ada.button("Edit Buy paint").click();
        ada.field("Tags").fill("home");
        ada.button("Save").click();
        ada.button("home").click();
        assertThat(all).hasCount(1);
        ada.button("Show not only tasks with the tag home").click();
        assertThat(all).hasCount(2);
    }

    private static Locator row(Visitor visitor, String title) {
        return visitor.page
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHas(visitor.role(AriaRole.CHECKBOX, title)));
    }

    private static void add(Visitor ada, String line) {
        ada.field("New task").fill(line);
        ada.button("Add").click();
    }
}
