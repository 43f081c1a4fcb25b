package io.fluxrig.cli.status;

import io.fluxrig.cli.screen.RackFigures;
import io.fluxrig.load.Counts;
import io.fluxrig.load.report.Figures;
import io.fluxrig.load.report.HtmlReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds what the load tool saw against what the rack counted meanwhile. Holds only if nobody else used the rack in between.
 *
 * @param requests that the rack's switch took
 * @param approved by issuers
 * @param declined by issuers
 * @param errors requests that no issuer answered, by reason
 * @param unmatched answers that no open request waited for, which went nowhere; late ones among them
 * @param late answers that came after their deadline
 * @param open tickets left
 * @param faults what does not add up; empty if all does
 */
public record Accounting(
        long requests,
        long approved,
        long declined,
        Map<String, Long> errors,
        long unmatched,
        long late,
        long open,
        List<String> faults) {

    public static Accounting of(RackFigures before, RackFigures after, Counts load) {
        Map<String, Long> errors = new TreeMap<>();
        after.errors().forEach((reason, count) -> {
            long since = count - before.errors().getOrDefault(reason, 0L);
            if (since > 0 && !reason.equals(RackFigures.UNMATCHED)) {
                errors.put(reason, since);
            }
        });
        long requests = after.requests() - before.requests();
        long approved = after.approved() - before.approved();
        long ended = after.ended() - before.ended();
        List<String> faults = new ArrayList<>();
        equal(faults, "requests sent", load.sent(), "requests the rack took", requests);
        equal(faults, "requests the rack took", requests, "requests it ended", ended);
        equal(faults, "approvals received", load.approved(), "approvals the rack counted", approved);
        equal(faults, "open tickets", after.open(), "expected", 0);
        return new Accounting(
                requests,
                approved,
                after.declined() - before.declined(),
                errors,
                after.unmatched() - before.unmatched(),
                after.late() - before.late(),
                after.open(),
                List.copyOf(faults));
    }

    private static void equal(List<String> faults, String what, long one, String other, long two) {
        if (one != two) {
            faults.add(what + ": " + Figures.count(one) + ", " + other + ": " + Figures.count(two));
        }
    }

    public boolean holds() {
        return faults.isEmpty();
    }

    /** For scripts. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("accounted", holds());
        fields.put("requests", requests);
        fields.put("approved", approved);
        fields.put("declined", declined);
        fields.put("errors", errors);
        fields.put("unmatched", unmatched);
        fields.put("late", late);
        fields.put("open", open);
        return fields;
    }

    /** For the report. */
    public HtmlReport.Section section() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("requests taken", Figures.count(requests)));
        rows.add(List.of("approved by issuers", Figures.count(approved)));
        rows.add(List.of("declined by issuers", Figures.count(declined)));
        errors.forEach(
                (reason, count) -> rows.add(List.of("ended by the switch: " + words(reason), Figures.count(count))));
        rows.add(List.of("answers that no request waited for, put aside", Figures.count(unmatched)));
        rows.add(List.of("of these late", Figures.count(late)));
        rows.add(List.of("tickets left open", Figures.count(open)));
        faults.forEach(fault -> rows.add(List.of("DOES NOT ADD UP", fault)));
        return new HtmlReport.Section("What the rack counted", List.of("", "count"), rows);
    }

    /** A reason as its reader needs it: which requests waited for their deadline, and which were declined at once. */
    private static String words(String reason) {
        return switch (reason) {
            case "timeout" -> "not answered by their deadline";
            case "no_destination" -> "declined at once (link down or breaker open)";
            case "no_route" -> "declined at once (no route)";
            default -> reason.replace('_', ' ');
        };
    }

    /** For people: two lines, and one for each fault. */
    public String text() {
        StringBuilder text = new StringBuilder("  rack       ");
        text.append(holds() ? "counts the same: " : "COUNTS OTHERWISE: ");
        text.append(Figures.counted(requests, "request")).append(", ");
        text.append(Figures.count(approved)).append(" approved, ");
        text.append(Figures.count(declined)).append(" declined by issuers, ");
        text.append(Figures.count(open)).append(" left open\n");
        List<String> ended = new ArrayList<>();
        errors.forEach((reason, count) -> ended.add(Figures.count(count) + " " + words(reason)));
        ended.add(Figures.counted(late, "late answer") + " put aside");
        if (unmatched > late) {
            ended.add(Figures.counted(unmatched - late, "other answer") + " that no request waited for");
        }
        text.append("             ").append(String.join(", ", ended)).append('\n');
        faults.forEach(fault -> text.append("             ").append(fault).append('\n'));
        return text.toString();
    }
}
