package io.jenkins.plugins.sparkk8s.docs;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Turns a help file, which is a little HTML, into Markdown. */
final class HelpText {
    private static final Map<String, String> MARKS = Map.of("em", "*", "strong", "**");

    private final List<String> blocks = new ArrayList<>();
    private StringBuilder text = new StringBuilder();

    private HelpText() {}

    /** The paragraphs and lists, with an empty line between. */
    static String markdown(String html) {
        try {
            Node root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(html)));
            HelpText help = new HelpText();
            help.add(root.getFirstChild());
            help.endBlock();
            return String.join("\n\n", help.blocks);
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalArgumentException("no help file: " + html, e);
        }
    }

    private void add(Node parent) {
        for (Node node : children(parent)) {
            if (node instanceof Element element) {
                add(element);
            } else {
                text.append(node.getTextContent().replaceAll("\\s+", " ").replace("*", "\\*"));
            }
        }
    }

    private void add(Element element) {
        switch (element.getTagName()) {
            case "p" -> {
                endBlock();
                add((Node) element);
                endBlock();
            }
            case "ul" -> {
                endBlock();
                blocks.add(children(element).stream()
                        .filter(Element.class::isInstance)
                        .map(item -> "- " + inline(item))
                        .collect(Collectors.joining("\n")));
            }
            case "code" -> text.append('`').append(code(element)).append('`');
            case "em", "strong" -> {
                String mark = MARKS.get(element.getTagName());
                text.append(mark).append(inline(element)).append(mark);
            }
            default -> throw new IllegalArgumentException("no Markdown for <" + element.getTagName() + ">");
        }
    }

    private static String inline(Node node) {
        HelpText inline = new HelpText();
        inline.add(node);
        return inline.text.toString().strip();
    }

    /** What is emphasised in code stands for something else. */
    private static String code(Node code) {
        return children(code).stream()
                .map(node -> node instanceof Element ? "<" + node.getTextContent() + ">" : node.getTextContent())
                .collect(Collectors.joining())
                .replaceAll("\\s+", " ");
    }

    private void endBlock() {
        if (!text.toString().isBlank()) {
            blocks.add(text.toString().strip());
        }
        text = new StringBuilder();
    }

    private static List<Node> children(Node parent) {
        return IntStream.range(0, parent.getChildNodes().getLength())
                .mapToObj(parent.getChildNodes()::item)
                .toList();
    }
}
