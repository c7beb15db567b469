using System.Globalization;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>Finds in a form, before anything is done, what no field of ours can mean.</summary>
internal static class FormFaults
{
    /// <summary>No name at GitHub is longer than a quarter of this.</summary>
    private const int Longest = 1000;

    /// <returns>The sentence what is wrong with the first field that can't be taken; null if all can.</returns>
    public static string? FirstOf(IFormCollection form)
    {
        // An address to come back to is read with care by itself, and left out where it can't be one.
        foreach (var (name, values) in form.Where(field => field.Key is not ReturnUrl.Field and not "__RequestVerificationToken"))
        {
            foreach (var value in values)
            {
                if (value is { Length: > Longest })
                {
                    return string.Create(CultureInfo.InvariantCulture, $"The field '{name}' has {value.Length} characters. {Longest} are the limit.");
                }

                if (value?.Any(letter => char.IsControl(letter) && !char.IsWhiteSpace(letter)) == true)
                {
                    return $"The field '{name}' has characters in it that can't be shown.";
                }
            }
        }

        return null;
    }
}
