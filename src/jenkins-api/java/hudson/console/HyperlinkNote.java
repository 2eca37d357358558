package hudson.console;

@SuppressWarnings("rawtypes")
public class HyperlinkNote extends ConsoleNote {
    public static String encodeTo(String url, String text) {
        return text;
    }
}
