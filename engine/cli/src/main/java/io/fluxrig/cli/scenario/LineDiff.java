package io.fluxrig.cli.scenario;

import java.util.ArrayList;
import java.util.List;

/** What changed from one text to another, line by line: the longest common lines stay. */
final class LineDiff {
    /** Beyond that many pairs of lines, all are told as changed. */
    private static final long PAIRS_MAX = 16_000_000;

    private LineDiff() {}

    /** Lines that went, with a minus ahead, and that came, with a plus; nothing of what stayed. */
    static List<String> of(List<String> before, List<String> after) {
        int start = 0;
        while (start < before.size()
                && start < after.size()
                && before.get(start).equals(after.get(start))) {
            start++;
        }
        int same = 0;
        while (same < before.size() - start
                && same < after.size() - start
                && before.get(before.size() - 1 - same).equals(after.get(after.size() - 1 - same))) {
            same++;
        }
        List<String> left = before.subList(start, before.size() - same);
        List<String> right = after.subList(start, after.size() - same);
        return (long) left.size() * right.size() > PAIRS_MAX ? all(left, right) : changed(left, right, start);
    }

    private static List<String> all(List<String> left, List<String> right) {
        List<String> lines = new ArrayList<>();
        left.forEach(line -> lines.add("- " + line));
        right.forEach(line -> lines.add("+ " + line));
        return lines;
    }

    private static List<String> changed(List<String> left, List<String> right, int start) {
        int[][] common = new int[left.size() + 1][right.size() + 1];
        for (int i = left.size() - 1; i >= 0; i--) {
            for (int j = right.size() - 1; j >= 0; j--) {
                common[i][j] = left.get(i).equals(right.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < left.size() || j < right.size()) {
            if (i < left.size() && j < right.size() && left.get(i).equals(right.get(j))) {
                i++;
                j++;
            } else if (j == right.size() || i < left.size() && common[i + 1][j] >= common[i][j + 1]) {
                lines.add("-" + (start + ++i) + ": " + left.get(i - 1));
            } else {
                lines.add("+" + (start + ++j) + ": " + right.get(j - 1));
            }
        }
        return lines;
    }
}
