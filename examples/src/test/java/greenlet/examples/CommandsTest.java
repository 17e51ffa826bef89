package greenlet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands that the pages name: ours are understood, Maven's name profiles and modules that exist. */
class CommandsTest {
    private static final Pattern INLINE = Pattern.compile("`(\\./greenlet [^`]*|mvn [^`]*)`");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @Test
    void commands_ofAllPages_areUnderstood() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<String> ours = new ArrayList<>();
        List<String> mavens = new ArrayList<>();
        for (String page : Page.all()) {
            for (String command : commandsOf(Page.of(page))) {
                String why = command.startsWith("mvn") ? problemOfMaven(command) : problemOfOurs(command);
                (command.startsWith("mvn") ? mavens : ours).add(command);
                if (why != null) {
                    wrong.add(page + ": " + command + ": " + why);
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(ours).hasSizeGreaterThan(15);
        assertThat(mavens).hasSizeGreaterThan(8);
    }

    @Test
    void problem_ofAWrongCommand_isFound() throws IOException {
        assertThat(problemOfOurs("./greenlet comparee")).contains("comparee");
        assertThat(problemOfOurs("./greenlet advise --conections 3")).contains("--conections");
        assertThat(problemOfMaven("mvn verify -Pslow")).contains("no profile slow");
        assertThat(problemOfMaven("mvn verify -pl core,hubb -am")).contains("no module hubb");
    }

    private static List<String> commandsOf(Page page) {
        List<String> commands = new ArrayList<>();
        page.blocks().forEach(block -> block.text().lines().forEach(line -> addIfCommand(line, commands)));
        for (String line : page.prose()) {
            if (line.startsWith("    ")) {
                addIfCommand(line.strip(), commands);
            }
            Matcher inline = INLINE.matcher(line);
            while (inline.find()) {
                addIfCommand(inline.group(1), commands);
            }
        }
        return commands;
    }

    private static void addIfCommand(String line, List<String> commands) {
        if (line.matches("(\\./greenlet|mvn) .*")) {
            commands.add(line.replaceFirst("\\s+# .*", "").replace("…", "").strip());
        }
    }

    private static List<String> wordsOf(String command) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(command);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words.subList(1, words.size());
    }

    private static @Nullable String problemOfOurs(String command) {
        List<String> words = wordsOf(command);
        if (words.equals(List.of("--find-jdk"))) {
            return null; // the launcher's own
        }
        CommandLine known = new CommandLine(new Main());
        if (words.size() == 1 && known.getSubcommands().containsKey(words.getFirst())) {
            return null; // it is only talked of
        }
        CommandLine line = new CommandLine(new Main());
        Objects.requireNonNull(line.getSubcommands().get("run")).setStopAtPositional(true);
        try {
            line.parseArgs(words.toArray(String[]::new));
            return null;
        } catch (CommandLine.ParameterException e) {
            return e.getMessage();
        }
    }

    private static @Nullable String problemOfMaven(String command) throws IOException {
        String pom = Files.readString(Page.root().resolve("pom.xml"));
        List<String> words = wordsOf(command);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith("-P") && !pom.contains("<id>" + word.substring(2) + "</id>")) {
                return "no profile " + word.substring(2);
            }
            if (word.equals("-pl")) {
                for (String module : words.get(i + 1).split(",", -1)) {
                    if (!pom.contains("<module>" + module + "</module>")) {
                        return "no module " + module;
                    }
                }
            }
        }
        return null;
    }
}
