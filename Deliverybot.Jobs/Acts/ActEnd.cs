namespace Deliverybot.Jobs.Acts;

/// <summary>How an act ended. By this a surface decides what it does (status, reaction, who is told); what is said is the result's own.</summary>
internal enum ActEnd
{
    /// <summary>GitHub has made the deployment. How it goes on is told where it is followed.</summary>
    UnderWay,

    Done,

    /// <summary>It was so already, by the same act.</summary>
    Already,

    /// <summary>There was nothing to do it to, and all is as the person wants it.</summary>
    Nothing,

    /// <summary>A gate, a person, GitHub or the state of things stands in the way.</summary>
    Refused,

    /// <summary>The person may only look.</summary>
    NotAllowed,

    /// <summary>There is no such thing, or it can't be said so.</summary>
    Unknown,

    /// <summary>GitHub was asked, and its answer was lost: the row says in a minute what became of it.</summary>
    Unsure,

    /// <summary>GitHub can't be used now; nothing was done.</summary>
    Unavailable,
}
