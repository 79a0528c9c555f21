package io.vmkit.examples.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What README.md and docs show as Java compiles; see {@link Snippet} for how to write it. */
class DocumentationTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @TestFactory
  Stream<DynamicTest> everySnippetCompiles() throws IOException {
    List<Snippet> snippets = new ArrayList<>();
    for (Path page : pages()) {
      snippets.addAll(Snippet.in(ROOT.relativize(page).toString(), Files.readString(page)));
    }
    return snippets.stream()
        .map(
            snippet ->
                DynamicTest.dynamicTest(
                    snippet.toString(),
                    () -> assertThat(SnippetCompiler.errors(snippet)).as("%s", snippet).isEmpty()));
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path place : List.of(ROOT.resolve("README.md"), ROOT.resolve("docs"))) {
      if (Files.exists(place)) {
        try (Stream<Path> below = Files.walk(place)) {
          below.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
      }
    }
    return pages;
  }

  @Test
  void blocksOfOtherLanguagesAreLeftAlone() {
    assertThat(Snippet.in("x.md", "a\n```sh\nls\n```\n\n```\nint i;\n```\n`java`\n")).isEmpty();
  }

  @Test
  void aBlockIsFoundWithItsLineAndWithoutItsIndentation() {
    String page =
        "# Title\n\n- item:\n\n  ```java\n  int i =\n      1;\n  ```\n\n```java\n;\n```\n";

    assertThat(Snippet.in("x.md", page))
        .containsExactly(
            new Snippet("x.md", 6, List.of("int i =", "    1;")),
            new Snippet("x.md", 11, List.of(";")));
  }

  @Test
  void statementsTypesAndImportsCompile() {
    for (String code :
        List.of(
            "Path p = Path.of(\"/\"); Files.delete(p);",
            "import java.util.function.Supplier;\n\nSupplier<Ready> r = Ready::ssh;",
            "DomainSpec.named(\"web\").memory(MemorySize.gib(2));",
            "CloudInit.of(UserData.builder().hostname(\"web\").build());",
            "public final class Mine {\n  Vm vm;\n}",
            "record Pair(int a, int b) {}\n\ninterface Other {}")) {
      assertThat(errors(code)).as(code).isEmpty();
    }
  }

  @Test
  void whatDoesNotCompileIsReported() {
    assertThat(errors("int i = \"text\";")).singleElement().asString().contains("incompatible");
    assertThat(errors("DomainSpec.named(\"web\").noSuchSetter();"))
        .singleElement()
        .asString()
        .contains("noSuchSetter");
    assertThat(errors("class Mine {\n  NoSuchType field;\n}")).isNotEmpty();
  }

  private static List<String> errors(String code) {
    List<Snippet> snippets = Snippet.in("x.md", "```java\n" + code + "\n```\n");
    assertThat(snippets).hasSize(1);
    return SnippetCompiler.errors(snippets.get(0));
  }
}
