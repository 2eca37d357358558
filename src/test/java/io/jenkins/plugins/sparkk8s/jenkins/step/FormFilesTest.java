package io.jenkins.plugins.sparkk8s.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Describable;
import io.jenkins.plugins.sparkk8s.jenkins.model.DriverResources;
import io.jenkins.plugins.sparkk8s.jenkins.model.DynamicAllocation;
import io.jenkins.plugins.sparkk8s.jenkins.model.EmptyDirVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.ExecutorResources;
import io.jenkins.plugins.sparkk8s.jenkins.model.HostPathVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.NfsVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.PersistentVolumeClaimVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.SecretConf;
import java.beans.Introspector;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** No argument without a field and a help, and no form file that Jenkins' rules forbid. */
class FormFilesTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path PLUGIN = RESOURCES.resolve("io/jenkins/plugins/sparkk8s/jenkins");
    private static final Pattern TEXT_KEY = Pattern.compile("\\$\\{%([A-Za-z]+)[(}]");
    private static final Pattern INCLUDED = Pattern.compile("<st:include page=\"([a-z]+)\\.jelly\"");

    /** A list and a map are text areas. */
    private static final Map<String, String> SHOWN_AS = Map.of("args", "argsText", "conf", "confText");

    static Stream<Class<?>> describables() {
        return Stream.of(
                SparkK8sSubmitStep.class,
                SparkK8sWaitStep.class,
                SparkK8sKillStep.class,
                SparkK8sSubmitBuilder.class,
                DriverResources.class,
                ExecutorResources.class,
                DynamicAllocation.class,
                EmptyDirVolume.class,
                HostPathVolume.class,
                NfsVolume.class,
                PersistentVolumeClaimVolume.class,
                SecretConf.class);
    }

    static Stream<Path> jellyFiles() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(".jelly")).toList().stream();
        }
    }

    static Stream<Path> formFolders() {
        return describables().flatMap(FormFilesTest::folders);
    }

    @Test
    void everyDescribableOfTheFormsIsLookedAt() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/io/jenkins/plugins/sparkk8s/jenkins"), 2)) {
            Set<String> bound = sources.filter(Files::isRegularFile)
                    .filter(source -> !source.getParent().endsWith("cluster"))
                    .filter(source -> read(source).contains("@DataBoundConstructor"))
                    .filter(source -> !read(source).contains("extends ErrorCondition"))
                    .map(source -> source.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());

            assertThat(describables().map(Class::getSimpleName)).containsAll(bound);
        }
    }

    @ParameterizedTest
    @MethodSource("describables")
    void everyArgumentHasAField(Class<?> describable) {
        String form = form(describable);

        assertThat(arguments(describable))
                .isNotEmpty()
                .allSatisfy(argument ->
                        assertThat(form).contains("field=\"" + SHOWN_AS.getOrDefault(argument, argument) + "\""));
    }

    @ParameterizedTest
    @MethodSource("describables")
    void everyArgumentHasAHelp(Class<?> describable) {
        assertThat(arguments(describable))
                .allSatisfy(argument -> assertThat(resource(describable, "help-" + argument + ".html"))
                        .as(argument)
                        .isNotEmpty());
        assertThat(resource(describable, "help.html")).isNotEmpty();
    }

    /** The form, the snippet generator and JCasC read what they show by a getter of the same name and type. */
    @ParameterizedTest
    @MethodSource("describables")
    void everyArgumentHasAGetter(Class<?> describable) {
        Set<String> readable = Stream.of(describable.getMethods())
                .filter(method -> method.getParameterCount() == 0)
                .map(Method::getName)
                .filter(name -> name.matches("(get|is)[A-Z].*"))
                .map(name -> Introspector.decapitalize(name.replaceFirst("get|is", "")))
                .collect(Collectors.toSet());

        assertThat(readable).containsAll(arguments(describable));
    }

    @ParameterizedTest
    @MethodSource("describables")
    void everyFieldIsAnArgument(Class<?> describable) {
        List<String> fields = new ArrayList<>(arguments(describable));
        fields.addAll(SHOWN_AS.values());

        assertThat(Pattern.compile("field=\"([A-Za-z]+)\"")
                        .matcher(form(describable))
                        .results())
                .allSatisfy(field -> assertThat(fields).contains(field.group(1)));
    }

    @ParameterizedTest
    @MethodSource("jellyFiles")
    void jellyEscapesByDefault(Path jelly) {
        assertThat(read(jelly)).startsWith("<?jelly escape-by-default='true'?>\n");
    }

    @ParameterizedTest
    @MethodSource("jellyFiles")
    void jellyHasNoScriptAndNoStyle(Path jelly) throws Exception {
        NodeList elements = parse(read(jelly)).getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            assertThat(element.getTagName()).isNotIn("script", "style");
            assertThat(attributes(element)).noneMatch(name -> name.equals("style") || name.startsWith("on"));
        }
    }

    @ParameterizedTest
    @MethodSource("formFolders")
    void whatIsCheckedIsAskedForByPost(Path folder) {
        assertThat(jellyIn(folder)
                        .flatMap(jelly -> Pattern.compile("<f:(textbox|textarea|select)[^>]*>")
                                .matcher(read(jelly))
                                .results()))
                .allSatisfy(control -> assertThat(control.group()).contains("checkMethod=\"post\""));
    }

    /** A text with one quote is cut there: the texts are message formats. */
    @ParameterizedTest
    @MethodSource("formFolders")
    void everyTextIsThere(Path folder) {
        assertThat(jellyIn(folder)).allSatisfy(jelly -> {
            Path properties = Path.of(jelly.toString().replace(".jelly", ".properties"));
            Properties texts = new Properties();
            if (Files.exists(properties)) {
                texts.load(new StringReader(read(properties)));
            }

            assertThat(texts.stringPropertyNames()).isEqualTo(keys(read(jelly)));
            assertThat(texts.values()).noneMatch(text -> text.toString().contains("'"));
            assertThat(texts.values().toString()).isASCII();
        });
    }

    @ParameterizedTest
    @MethodSource("formFolders")
    void everyHelpIsAWellFormedBlock(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".html")).toList())
                    .allSatisfy(help -> assertThat(
                                    parse(read(help)).getDocumentElement().getTagName())
                            .isEqualTo("div"));
        }
    }

    private static Set<String> arguments(Class<?> describable) {
        Set<String> arguments = new TreeSet<>();
        Stream.of(describable.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .forEach(setter ->
                        arguments.add(Introspector.decapitalize(setter.getName().substring(3))));
        Stream.of(describable.getConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(DataBoundConstructor.class))
                .map(Constructor::getParameters)
                .flatMap(Stream::of)
                .forEach(parameter -> arguments.add(parameter.getName()));
        return arguments;
    }

    /** The form with what it includes. */
    private static String form(Class<?> describable) {
        String form = resource(describable, "config.jelly");
        return form
                + INCLUDED.matcher(form)
                        .results()
                        .map(included -> resource(describable, included.group(1) + ".jelly"))
                        .collect(Collectors.joining());
    }

    /** As Stapler looks for it: with the class, else with its superclass. */
    private static String resource(Class<?> describable, String name) {
        return folders(describable)
                .map(folder -> folder.resolve(name))
                .filter(Files::exists)
                .findFirst()
                .map(FormFilesTest::read)
                .orElse("");
    }

    private static Stream<Path> folders(Class<?> describable) {
        return Stream.<Class<?>>iterate(describable, Describable.class::isAssignableFrom, Class::getSuperclass)
                .map(type -> RESOURCES.resolve(type.getName().replace('.', '/')))
                .filter(Files::isDirectory);
    }

    private static Stream<Path> jellyIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jelly")).toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Set<String> keys(String jelly) {
        Matcher uses = TEXT_KEY.matcher(jelly);
        return uses.results().map(use -> use.group(1)).collect(Collectors.toSet());
    }

    private static List<String> attributes(Element element) {
        NamedNodeMap attributes = element.getAttributes();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < attributes.getLength(); i++) {
            names.add(((Attr) attributes.item(i)).getName());
        }
        return names;
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
